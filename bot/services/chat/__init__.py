"""What is said in a chat: taken in, understood, asked about, put right."""
