package io.millrace.connect.s3.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** How Parquet's pages are packed. Parquet's own factory loads Hadoop's codecs; this one goes to the libraries themselves. */
public enum ParquetCompression {
    ZSTD(CompressionCodecName.ZSTD) {
        @Override
        byte[] pack(byte[] page) {
            return Zstd.compress(page);
        }
    },
    SNAPPY(CompressionCodecName.SNAPPY) {
        @Override
        byte[] pack(byte[] page) throws IOException {
            return Snappy.compress(page);
        }
    },
    GZIP(CompressionCodecName.GZIP) {
        @Override
        byte[] pack(byte[] page) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream(page.length / 2 + 64);
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(page);
            }
            return packed.toByteArray();
        }
    },
    NONE(CompressionCodecName.UNCOMPRESSED) {
        @Override
        byte[] pack(byte[] page) {
            return page;
        }
    };

    private final CompressionCodecName codec;

    ParquetCompression(CompressionCodecName codec) {
        this.codec = codec;
    }

    /** Parquet's name of it. */
    CompressionCodecName codec() {
        return codec;
    }

    abstract byte[] pack(byte[] page) throws IOException;

    /** A factory that gives out this compression, and no way to read. */
    CompressionCodecFactory factory() {
        return new CompressionCodecFactory() {
            @Override
            public BytesInputCompressor getCompressor(CompressionCodecName name) {
                return new PageCompressor(ParquetCompression.this);
            }

            @Override
            public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
                throw new UnsupportedOperationException("files are only written here");
            }

            @Override
            public void release() {
                // Nothing is held.
            }
        };
    }

    private record PageCompressor(ParquetCompression compression)
            implements CompressionCodecFactory.BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            if (compression == NONE) {
                return page;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
            page.writeAllTo(bytes);
            return BytesInput.from(compression.pack(bytes.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return compression.codec();
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }
}
