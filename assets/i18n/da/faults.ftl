### Det, der er galt i filer, som nogen selv skriver: profiler og det, alle filer har til fælles.

problem-placed = { $line }:{ $column }: { $what }
problem-text = { $text }
problems-all = { $problems }
problems-and-more = { $problems }; …
profile-fault-and-more = { $fault } (og { $more } til i denne fil)
