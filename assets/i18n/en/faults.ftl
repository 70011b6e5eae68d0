### What is wrong in files that a person writes: profiles, and what all files share.

problem-placed = { $line }:{ $column }: { $what }
problem-text = { $text }
problems-all = { $problems }
problems-and-more = { $problems }; …
profile-fault-and-more = { $fault } (and { $more } more in this file)
