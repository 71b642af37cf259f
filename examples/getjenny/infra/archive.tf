# Conversations older than the database keeps them. The bucket has no lifecycle rule.
#
# policylint: flow archiving from chat_store to here "Old conversations, moved to the archive" {
#   data     communication.chat_transcript
#   purpose  service.operations.hosting
# }
resource "aws_s3_bucket" "chat_archive" {
  provider = aws.frankfurt
  bucket   = "jenny-chat-archive"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "chat_archive" {
  bucket = aws_s3_bucket.chat_archive.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
