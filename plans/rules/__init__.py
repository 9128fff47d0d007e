"""The arithmetic of a plan: comparing costs, finding what is missing, telling two versions apart. No Django."""
