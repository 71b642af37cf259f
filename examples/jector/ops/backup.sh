#!/bin/sh
# Nightly copy of the accounts, encrypted before it leaves.
set -eu

# policylint: flow backup from api to vault "Nightly backup" {
#   data     identity.name, contact.email, contact.phone, account.username
#   purpose  service.operations.hosting
#   with     encryption.in_transit
# }
pg_dump --table=accounts "$DATABASE_URL" \
  | age --recipient "$BACKUP_KEY" \
  | nimbus put "backups/accounts-$(date +%F).sql.age"

nimbus delete --prefix backups/ --older-than 35d
