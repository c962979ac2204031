package dev.chandlery.config.operation;

import dev.chandlery.config.operation.AlertsSpec.Address;
import dev.chandlery.config.operation.AlertsSpec.Channel;
import dev.chandlery.config.operation.AlertsSpec.Form;
import dev.chandlery.config.operation.AlertsSpec.GithubIssue;
import dev.chandlery.config.operation.AlertsSpec.Mail;
import dev.chandlery.config.operation.AlertsSpec.MailServer;
import dev.chandlery.config.operation.AlertsSpec.Security;
import dev.chandlery.config.operation.AlertsSpec.Webhook;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.TextType.References;
import dev.chandlery.config.yaml.Values;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code alerts}. */
public final class AlertsSection {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern MAIL = Pattern.compile(
            "[^\\s@<>\\p{Cntrl}]+@[^\\s@<>\\p{Cntrl}]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern REPOSITORY = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl},]{1,50}");
    private static final int MOST_PORT = 65_535;

    private static final Key<Webhook, Address> URL = Key.required("url", new TextType<>((text,
            _) -> address(text), AlertsSection::text, References.KEPT, Map.of()),
            "https or http address, or ${env:NAME} or ${file:PATH} where it is a secret",
            Webhook::url);
    private static final Key<Webhook, Form> FORM = Key.of("format", ChoiceType.of(Form.class),
            "of the body: plain JSON, or what Slack or Teams take", Webhook::form).or(Form.JSON);
    private static final Key<Webhook, SecretReference> TOKEN = Key.optional("token", Texts.SECRET,
            "sent as Authorization: Bearer; ${env:NAME} or ${file:PATH}", Webhook::token);
    private static final Section<Webhook> WEBHOOK_SECTION = new Section<>(List.of(URL, FORM, TOKEN),
            AlertsSection::webhook);

    private static final TextType<String> ADDRESS = text(MAIL, "a mail address");
    private static final Key<Mail, String> MAIL_HOST = Key.required("host", text(HOST, "a host"),
            "of the mail server", mail -> mail.server().host());
    private static final Key<Mail, Security> SECURITY = Key.of("security", ChoiceType.of(
            Security.class), "of the connection", (Mail mail) -> mail.server().security())
            .or(Security.STARTTLS);
    private static final Key<Mail, Integer> PORT = Key.optional("port", NumberType.whole(1,
            MOST_PORT, "port"), "default: 465 with tls, 587 with starttls, 25 with none",
            (Mail mail) -> Optional.of(mail.server().port()));
    private static final Key<Mail, String> USERNAME = Key.optional("username", TextType.plain()
            .with(References.EXPANDED), "that logs in; default: no login", mail -> mail.server()
                    .username());
    private static final Key<Mail, SecretReference> PASSWORD = Key.optional("password",
            Texts.SECRET, "of username: ${env:NAME} or ${file:PATH}", mail -> mail.server()
                    .password());
    private static final Key<Mail, String> FROM = Key.required("from", ADDRESS, "sender",
            Mail::from);
    private static final Key<Mail, List<String>> TO = Key.required("to", new ListType<>(ADDRESS, 1),
            "receivers", Mail::to);
    private static final Section<Mail> MAIL_SECTION = new Section<>(List.of(MAIL_HOST, PORT,
            SECURITY, USERNAME, PASSWORD, FROM, TO), AlertsSection::mail);

    private static final Key<GithubIssue, String> OF = Key.required("repository", text(REPOSITORY,
            "owner/name"), "owner/name", GithubIssue::repository);
    private static final Key<GithubIssue, SecretReference> ISSUE_TOKEN = Key.required("token",
            Texts.SECRET, "that may write issues: ${env:NAME} or ${file:PATH}", GithubIssue::token);
    private static final Key<GithubIssue, List<String>> LABELS = Key.of("labels", ListType.of(text(
            LABEL, "a label")), "of new issues", GithubIssue::labels).or(List.of());
    private static final Key<GithubIssue, URI> API = Key.of("api", Texts.WEB_ADDRESS,
            "address of the API", GithubIssue::api).or(URI.create("https://api.github.com"));
    private static final Section<GithubIssue> ISSUE_SECTION = new Section<>(List.of(OF, ISSUE_TOKEN,
            LABELS, API), values -> new GithubIssue(values.find(OF)
                    .orElseThrow(() -> values.invalid("repository is missing")), values.find(
                            ISSUE_TOKEN)
                            .orElseThrow(() -> values.invalid("token is missing")), values.get(
                                    LABELS), values.get(API)));

    private static final Key<Channel, Webhook> WEBHOOK = Key.optional("webhook", WEBHOOK_SECTION,
            "a request to an address", channel -> as(Webhook.class, channel));
    private static final Key<Channel, Mail> EMAIL = Key.optional("email", MAIL_SECTION, "a mail",
            channel -> as(Mail.class, channel));
    private static final Key<Channel, GithubIssue> ISSUE = Key.optional("github_issue",
            ISSUE_SECTION, "an issue, closed when all is well again", channel -> as(
                    GithubIssue.class, channel));
    private static final Section<Channel> CHANNEL = new Section<>(List.of(WEBHOOK, EMAIL, ISSUE),
            AlertsSection::channel);

    private static final Key<AlertsSpec, Integer> MOST = Key.of("most_per_hour", NumberType.whole(1,
            1_000, "messages"), "that one channel gets; what is more is told together later",
            AlertsSpec::mostPerHour).or(20);
    private static final Key<AlertsSpec, SortedMap<String, Channel>> CHANNELS = Key.of("channels",
            new MapType<>(text(NAME, "a name"), CHANNEL), "by name", AlertsSpec::channels)
            .or(new TreeMap<>());

    public static final Section<AlertsSpec> SECTION = new Section<>(List.of(MOST, CHANNELS),
            values -> new AlertsSpec(values.get(MOST), values.get(CHANNELS)));

    private AlertsSection() {}

    private static Channel channel(Values values) {
        List<Channel> all = Stream.of(values.find(WEBHOOK), values.find(EMAIL), values.find(ISSUE))
                .<Channel>flatMap(Optional::stream)
                .toList();
        if (all.size() != 1) {
            throw values.invalid("expected one of webhook, email and github_issue");
        }
        return all.getFirst();
    }

    private static Webhook webhook(Values values) {
        Address url = values.find(URL).orElseThrow(() -> values.invalid("url is missing"));
        Form form = values.get(FORM);
        if (form != Form.JSON && url instanceof Address.Plain) {
            throw values.invalid(URL, "expected ${env:NAME} or ${file:PATH}: who has an address of"
                    + " Slack or Teams can post there");
        }
        return new Webhook(url, form, values.find(TOKEN));
    }

    private static Mail mail(Values values) {
        String host = values.find(MAIL_HOST)
                .orElseThrow(() -> values.invalid("host is missing"));
        String from = values.find(FROM).orElseThrow(() -> values.invalid("from is missing"));
        List<String> to = values.find(TO).orElseThrow(() -> values.invalid("to is missing"));
        if (values.has(PASSWORD) != values.has(USERNAME)) {
            throw values.invalid("expected username and password together");
        }
        Security security = values.get(SECURITY);
        int usual = switch (security) {
            case TLS -> 465;
            case STARTTLS -> 587;
            case NONE -> 25;
        };
        return new Mail(new MailServer(host, values.find(PORT).orElse(usual), security, values.find(
                USERNAME), values.find(PASSWORD)), from, to);
    }

    private static <T extends Channel> Optional<T> as(Class<T> type, Channel channel) {
        return Optional.of(channel).filter(type::isInstance).map(type::cast);
    }

    /** Neither form repeats the text in its message: addresses of webhooks are secrets. */
    private static Address address(String text) {
        if (text.startsWith("${")) {
            return new Address.Secret(SecretReference.parse(text));
        }
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return new Address.Plain(uri);
            }
        } catch (IllegalArgumentException _) {
            // told below, in our words
        }
        throw new IllegalArgumentException("expected an https or http address without credentials,"
                + " ${env:NAME} or ${file:PATH}");
    }

    private static String text(Address address) {
        return switch (address) {
            case Address.Plain(URI uri) -> uri.toString();
            case Address.Secret(SecretReference reference) -> reference.toString();
        };
    }

    private static TextType<String> text(Pattern pattern, String what) {
        return TextType.of(text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("expected " + what);
            }
            return text;
        }, text -> text);
    }
}
