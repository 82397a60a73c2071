"""People: who belongs to which function, who can see which channel, and who is away. Every ritual obeys an absence."""
