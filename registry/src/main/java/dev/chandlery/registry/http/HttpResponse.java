package dev.chandlery.registry.http;

import dev.chandlery.oci.Bytes;

/**
 * What the client gets.
 *
 * @param status HTTP status
 * @param headers fields, without {@code Content-Length}, which the body tells
 * @param body what is sent; for HEAD it gives the length only
 * @param listener told when it has been sent
 */
public record HttpResponse(int status, HeaderFields headers, ResponseBody body,
        SendListener listener) {

    /** That nobody waits for. */
    public HttpResponse(int status, HeaderFields headers, ResponseBody body) {
        this(status, headers, body, SendListener.NONE);
    }

    /** A response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, HeaderFields.NONE, new ResponseBody.Empty());
    }

    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.plus(name, value), body, listener);
    }

    /** With all these fields besides its own. */
    public HttpResponse with(HeaderFields more) {
        return new HttpResponse(status, headers.plus(more), body, listener);
    }

    public HttpResponse withBody(ResponseBody replaced) {
        return new HttpResponse(status, headers, replaced, listener);
    }

    /** With these bytes as body, of that type. */
    public HttpResponse withBody(String contentType, Bytes bytes) {
        return with("Content-Type", contentType).withBody(new ResponseBody.Whole(bytes));
    }

    /** With somebody to tell when it has been sent, instead of whoever there was. */
    public HttpResponse whenSent(SendListener replaced) {
        return new HttpResponse(status, headers, body, replaced);
    }
}
