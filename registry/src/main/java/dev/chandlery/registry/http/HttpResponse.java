package dev.chandlery.registry.http;

import dev.chandlery.oci.Bytes;

/**
 * What the client gets.
 *
 * @param status HTTP status
 * @param headers fields, without {@code Content-Length}, which the body tells
 * @param body what is sent; for HEAD it gives the length only
 */
public record HttpResponse(int status, HeaderFields headers, ResponseBody body) {

    /** A response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, HeaderFields.NONE, new ResponseBody.Empty());
    }

    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.plus(name, value), body);
    }

    public HttpResponse withBody(ResponseBody replaced) {
        return new HttpResponse(status, headers, replaced);
    }

    /** With these bytes as body, of that type. */
    public HttpResponse withBody(String contentType, Bytes bytes) {
        return with("Content-Type", contentType).withBody(new ResponseBody.Whole(bytes));
    }
}
