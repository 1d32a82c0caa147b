"""Questions to a parsed sentence: its `arguments`, and what agrees; TIGER trees as UD trees."""
