"""What is safely mechanical: findings and texts in, mended texts out."""
