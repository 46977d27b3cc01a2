SELECT a.id, a.item, a.seller, a.category, b.bidder, b.price, b.ts FROM bid b JOIN auction a ON b.auction = a.id
WHERE b.ts BETWEEN a.ts AND a.expires
QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.ts) = 1
