"""What the kinds of data that live in databases share: connections, statements, results."""
