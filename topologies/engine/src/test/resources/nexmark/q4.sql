SELECT category, avg(final) FROM (
  SELECT a.id, a.category, max(b.price) AS final FROM bid b, auction a
  WHERE b.auction = a.id AND b.ts >= a.ts AND b.ts <= a.expires GROUP BY a.id, a.category)
GROUP BY category
