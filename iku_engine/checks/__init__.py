"""Rules for plans and targets, one small file each: what a careful reader would ask about."""
