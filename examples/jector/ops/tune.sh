#!/bin/sh
# Weekly: fits the answer model to what people liked.
set -eu

# policylint: flow tuning from warehouse to trainer "Remarks as training data" {
#   data     content.feedback
#   purpose  improvement.ai_training
#   via      ml_pipeline
# }
psql "$WAREHOUSE_URL" --csv \
  --command "select stars, remark from feedback where remark is not null" > remarks.csv
train --base "answer-7b" --pairs remarks.csv --out "answer-7b-$(date +%F)"
rm remarks.csv
