SELECT b.auction, b.bidder, b.price, b.ts, s.v FROM bid b JOIN side s ON b.auction % 10 = s.k
