package dev.brigade.payloads.s3;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.StorageMetadata;

/** An S3 server in this process, on loopback, with its objects in memory. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "brigade-test";
    static final String SECRET = "test-secret";
    private static final String KEY_ID = "test-key";

    private final BlobStoreContext context;
    private final BlobStore blobs;
    private final S3Proxy proxy;

    private S3Server(BlobStoreContext context, S3Proxy proxy) {
        this.context = context;
        this.blobs = context.getBlobStore();
        this.proxy = proxy;
    }

    static S3Server start() {
        System.setProperty("aws.accessKeyId", KEY_ID);
        System.setProperty("aws.secretAccessKey", SECRET);
        BlobStoreContext context =
                ContextBuilder.newBuilder(new TransientApiMetadata())
                        .overrides(new Properties())
                        .build(BlobStoreContext.class);
        context.getBlobStore().createContainerInLocation(null, BUCKET);
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(context.getBlobStore())
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET)
                        .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not start", e);
        }
        return new S3Server(context, proxy);
    }

    S3Endpoint endpoint() {
        URI uri = URI.create("http://127.0.0.1:" + proxy.getPort());
        return new S3Endpoint(Optional.of(uri), true);
    }

    List<String> keys() {
        return blobs
                .list(BUCKET, new org.jclouds.blobstore.options.ListContainerOptions().recursive())
                .stream()
                .map(StorageMetadata::getName)
                .toList();
    }

    void overwrite(String key, String text) {
        blobs.putBlob(BUCKET, blobs.blobBuilder(key).payload(text).build());
    }

    void clear() {
        blobs.clearContainer(BUCKET);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        } finally {
            context.close();
        }
    }
}
