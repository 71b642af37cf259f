resource "aws_db_instance" "conversations" {
  identifier              = "jenny-conversations"
  engine                  = "postgres"
  instance_class          = "db.m6g.large"
  allocated_storage       = 200
  storage_encrypted       = true
  backup_retention_period = 14
  db_subnet_group_name    = aws_db_subnet_group.ireland.name
}
