SELECT auction, price, bidder, ts, extra FROM bid
QUALIFY price = max(price) OVER (PARTITION BY epoch_ms(ts) // 10000)
