provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

# American shops complained of slow answers.
#
# policylint: flow replica_feed from chat_store to here "Conversations copied to Virginia" {
#   data     communication.chat_transcript
#   purpose  service, service.operations.hosting
# }
resource "aws_db_instance" "conversations_us" {
  provider            = aws.virginia
  identifier          = "jenny-conversations-us"
  replicate_source_db = aws_db_instance.conversations.arn
  instance_class      = "db.m6g.large"
  storage_encrypted   = true
}
