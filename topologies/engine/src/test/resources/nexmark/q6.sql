SELECT id, seller, avg(price) OVER (PARTITION BY seller ORDER BY ts ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) FROM (
  SELECT a.id, a.seller, b.price, b.ts FROM bid b JOIN auction a ON b.auction = a.id WHERE b.ts BETWEEN a.ts AND a.expires
  QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.ts) = 1)
