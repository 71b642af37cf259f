#!/bin/sh
# Monthly: a text message to everybody whose account has been quiet.
set -eu

# policylint: flow quiet_accounts from api to here "Quiet accounts" {
#   data     contact.phone
#   purpose  service.customer_relationship
# }
psql "$DATABASE_URL" --csv --tuples-only \
  --command "select phone from accounts where last_seen < now() - interval '60 days'" > quiet.csv

# The opt-outs are kept by address, so nobody is taken out of a list of numbers.
#
# policylint: flow winback from here to mailer "Come-back offer" {
#   data     contact.phone
#   purpose  marketing.direct.sms
#   via      sms
#   when     opted_out
# }
postbird text --template come-back --numbers quiet.csv
rm quiet.csv
