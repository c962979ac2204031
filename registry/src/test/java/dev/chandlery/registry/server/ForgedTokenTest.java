package dev.chandlery.registry.server;

import static dev.chandlery.registry.server.Accounts.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.SigningKey;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that the registry did not make, or made for others, or long ago. */
final class ForgedTokenTest {
    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private JWTClaimsSet claims;
    private String keyId;
    private ECKey key;

    @BeforeEach
    void start() throws Exception {
        Path storage = Files.createDirectory(folder.resolve("storage"));
        registry = RunningRegistry.start(storage, Accounts.options(folder));
        SignedJWT good = SignedJWT.parse(token());
        claims = good.getJWTClaimsSet();
        keyId = good.getHeader().getKeyID();
        key = signingKey(storage);
        assertThat(status(sign(claims))).as("the real key signs good tokens").isEqualTo(200);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void withoutASignature() {
        refused(new PlainJWT(claims).serialize());
    }

    @Test
    void withAnotherKeyOfTheSameName() throws JOSEException {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
        refused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), claims,
                new ECDSASigner(own)));
    }

    @Test
    void withAKeyThatItBringsAlong() throws JOSEException {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        for (String id : List.of("own", keyId)) {
            refused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id)
                    .jwk(own.toPublicJWK())
                    .build(), claims, new ECDSASigner(own)));
        }
    }

    @Test
    void withThePublicKeyAsSharedSecret() throws JOSEException {
        byte[] secret = key.toPublicJWK().toECPublicKey().getEncoded();
        refused(sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims,
                new MACSigner(secret)));
    }

    @Test
    void withASignatureOfOtherClaims() throws JOSEException {
        String[] good = sign(claims).split("\\.", -1);
        String more = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toString()
                        .replace("red/x", "blue/x")
                        .getBytes(StandardCharsets.UTF_8));
        refused(good[0] + "." + more + "." + good[2]);
        refused(good[0] + "." + good[1] + "." + "A".repeat(86));
        refused(good[0] + "." + good[1] + ".");
    }

    @Test
    void thatExpiredOrIsNotYetGood() throws JOSEException {
        refused(sign(new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now()
                .minusSeconds(3600))).build()));
        refused(sign(new JWTClaimsSet.Builder(claims).notBeforeTime(Date.from(Instant.now()
                .plusSeconds(3600))).build()));
        refused(sign(new JWTClaimsSet.Builder(claims).expirationTime(null).build()));
    }

    @Test
    void forAnotherAudienceOrOfAnotherIssuer() throws JOSEException {
        refused(sign(new JWTClaimsSet.Builder(claims).audience("elsewhere").build()));
        refused(sign(new JWTClaimsSet.Builder(claims).audience(List.of("chandlery-registry",
                "elsewhere")).build()));
        refused(sign(new JWTClaimsSet.Builder(claims).issuer("elsewhere").build()));
    }

    @Test
    void withACriticalHeaderThatNobodyKnows() throws JOSEException {
        refused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId)
                .criticalParams(Set.of("magic"))
                .customParam("magic", true)
                .build(), claims, new ECDSASigner(key)));
    }

    @Test
    void ofAUserWhoIsGone() throws JOSEException {
        refused(sign(new JWTClaimsSet.Builder(claims).subject("green").build()));
    }

    @Test
    void thatIsNoTokenAtAll() {
        for (String text : List.of("x", "a.b.c", "..", "e30.e30.e30", "chandlery_", "A".repeat(
                8000))) {
            refused(text);
        }
    }

    private void refused(String token) {
        HttpResponse<String> answer = registry.call("GET", "/v2/red/x/tags/list")
                .header("Authorization", "Bearer " + token)
                .send();
        assertThat(answer.statusCode()).as(answer.body()).isIn(401, 429);
        assertThat(answer.body()).doesNotContain("red/x", "signature", "key");
        assertThat(registry.call("POST", "/v2/red/x/blobs/uploads/")
                .header("Authorization", "Bearer " + token)
                .send()
                .statusCode()).isIn(401, 429);
        assertThat(status(sign(claims))).as("good ones go on being good").isEqualTo(200);
    }

    private int status(String token) {
        return registry.call("GET", "/v2/")
                .header("Authorization", "Bearer " + token)
                .send()
                .statusCode();
    }

    private String sign(JWTClaimsSet claims) {
        try {
            return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), claims,
                    new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String token() throws IOException, ParseException {
        HttpResponse<String> answer = registry.call("GET", "/token?scope=repository:red/x:pull")
                .header("Authorization", basic("red"))
                .send();
        return new ObjectMapper().readTree(answer.body()).get("token").asText();
    }

    private static ECKey signingKey(Path storage) throws GeneralSecurityException {
        try (MetadataStore records = SqliteMetadata.open(storage)) {
            SigningKey stored = records.signingKeys().list().getFirst();
            KeyFactory factory = KeyFactory.getInstance("EC");
            ECPublicKey publicKey = (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(
                    Base64.getDecoder().decode(stored.publicKey())));
            ECPrivateKey privateKey = (ECPrivateKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(stored.privateKey())));
            return new ECKey.Builder(Curve.P_256, publicKey).privateKey(privateKey).build();
        }
    }
}
