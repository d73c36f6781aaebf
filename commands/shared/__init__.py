"""What the commands share: options, opening the book, output, and how the command line speaks."""
