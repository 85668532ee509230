"""The packet for a review with the programme or a mentor: sections as data, from what goes to an audience. Pure."""
