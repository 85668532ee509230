"""What must hold whatever comes: many at once, rubbish, outside edits, crashes, clocks; undo to the byte."""
