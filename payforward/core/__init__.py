"""What Payforward knows without a disk or a screen: money, words, rules, errors, the clock."""
