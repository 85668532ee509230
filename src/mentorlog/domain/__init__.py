"""The domain's thinking: pure functions over records and days; no files, no clock, no printing."""
