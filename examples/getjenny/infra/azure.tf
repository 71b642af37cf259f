resource "azurerm_mssql_database" "pages" {
  name         = "getjenny-pages"
  server_id    = azurerm_mssql_server.amsterdam.id
  sku_name     = "S1"
  license_type = "LicenseIncluded"
}
