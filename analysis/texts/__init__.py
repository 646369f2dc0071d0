"""What pages say at length: policies, sentences, slips, notices."""
