"""Slack's side of the face: payloads in, blocks and replies out, and the people Slack knows."""
