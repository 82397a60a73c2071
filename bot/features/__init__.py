"""What people see of each ritual: one folder a feature, none of which knows another."""
