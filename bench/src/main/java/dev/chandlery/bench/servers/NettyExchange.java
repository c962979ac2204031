package dev.chandlery.bench.servers;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;

/** One connection of {@link NettyServer}; called by its event loop only. */
final class NettyExchange extends SimpleChannelInboundHandler<HttpObject> {
    private final Served served;
    private MessageDigest hash = Served.newHash();
    private boolean upload;

    NettyExchange(Served served) {
        this.served = served;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part)
            throws IOException {
        if (part instanceof HttpRequest request) {
            upload = request.method().equals(HttpMethod.PUT);
            if (!upload) {
                answer(context, request.uri());
            }
        }
        if (upload && part instanceof HttpContent content) {
            for (var buffer : content.content().nioBuffers()) {
                hash.update(buffer);
            }
            if (content instanceof LastHttpContent) {
                send(context, Served.answer(hash));
                hash = Served.newHash();
            }
        }
    }

    private void answer(ChannelHandlerContext context, String uri) throws IOException {
        if (!uri.equals(Served.FILE)) {
            send(context, Served.fixed());
            return;
        }
        long size = Files.size(served.file());
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        fill(head, size);
        var _ = context.write(head);
        var _ = context.write(new DefaultFileRegion(served.file().toFile(), 0, size));
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static void send(ChannelHandlerContext context, byte[] body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
        fill(response, body.length);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static void fill(HttpResponse head, long length) {
        head.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CONTENT_TYPE, Served.TYPE)
                .set(Served.DIGEST_FIELD, Served.DIGEST);
    }
}
