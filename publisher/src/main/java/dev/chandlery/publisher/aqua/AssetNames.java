package dev.chandlery.publisher.aqua;

import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.AssetTemplates;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of files by platform, folded into one template with placeholders, words for platforms, and templates
 * of single platforms that differ. What comes out names the very files that went in, or nothing comes out.
 *
 * @param general template
 * @param overrides of platforms
 * @param words of platforms, where a template has {@code {platform}}
 */
record AssetNames(String general, SortedMap<PlatformName, String> overrides,
        SortedMap<PlatformName, String> words) {

    AssetNames {
        overrides = new TreeMap<>(overrides);
        words = new TreeMap<>(words);
    }

    /**
     * One way of writing a platform's name.
     *
     * @param template with our placeholders
     * @param word of the platform; empty when the template does not use it
     */
    private record Way(String template, String word) {}

    /**
     * Folds.
     *
     * @param tag of the version that names are compared for
     * @throws UnsupportedExpressionException when a name depends on the version in a way that no template of
     *     ours has
     */
    static AssetNames fold(List<ForPlatform> platforms, ReleaseTag tag) {
        SortedMap<PlatformName, List<Way>> ways = new TreeMap<>();
        platforms.forEach(each -> ways.put(each.platform(), ways(each, tag)));
        Map<String, Integer> counts = new TreeMap<>();
        ways.values()
                .forEach(list -> list.forEach(way -> counts.merge(way.template(), 1,
                        Integer::sum)));
        String general = counts.entrySet()
                .stream()
                .max(Comparator.comparingInt((Map.Entry<String, Integer> e) -> e.getValue())
                        .thenComparingInt(e -> rank(e.getKey())))
                .orElseThrow()
                .getKey();
        AssetNames names = new AssetNames(general, new TreeMap<>(), new TreeMap<>());
        ways.forEach((platform, list) -> {
            Optional<Way> usual = list.stream()
                    .filter(way -> way.template().equals(general))
                    .findFirst();
            Way way = usual.orElse(list.getFirst());
            if (usual.isEmpty()) {
                names.overrides.put(platform, way.template());
            }
            if (!way.word().isEmpty()) {
                names.words.put(platform, way.word());
            }
        });
        platforms.forEach(each -> names.requireSame(each, tag));
        return names;
    }

    /** The same template for all, which is not an asset's: that of a checksum file, for example. */
    Optional<String> common(List<ForPlatform> platforms, ReleaseTag tag, String template) {
        List<String> candidates = new ArrayList<>();
        for (ForPlatform each : platforms) {
            String real = each.render(template, each.real(), asset(each));
            if (real.startsWith(asset(each))) {
                candidates.add("{asset}" + real.substring(asset(each).length()));
            }
            String symbolic = each.render(template, symbols(each, tag), ReleaseTag.ASSET);
            candidates.add(symbolic.replace(ReleaseTag.OS, "{os}")
                    .replace(ReleaseTag.ARCH,
                            "{arch}"));
            candidates.add(split(symbolic, each).template());
            candidates.add(each.render(template, literal(each, tag), ReleaseTag.ASSET));
        }
        return candidates.stream()
                .map(AssetNames::placeholders)
                .filter(text -> isTemplate(text) && platforms.stream()
                        .allMatch(each -> expand(each.platform(), tag, text, asset(each)).equals(
                                each.render(template, each.real(), asset(each)))))
                .findFirst();
    }

    /** The name that these templates give. */
    String expand(PlatformName platform, ReleaseTag tag) {
        return templates().expand(values(platform, tag));
    }

    private String expand(PlatformName platform, ReleaseTag tag, String template, String asset) {
        return new AssetTemplate(template).expand(values(platform, tag).withAsset(asset));
    }

    private TemplateValues values(PlatformName platform, ReleaseTag tag) {
        String word = words.getOrDefault(platform, platform.value());
        return TemplateValues.of(tag.number(), tag.prefix() + tag.number(), new ToolPlatform(
                platform, word));
    }

    private AssetTemplates templates() {
        SortedMap<PlatformName, AssetTemplate> own = new TreeMap<>();
        overrides.forEach((platform, text) -> own.put(platform, new AssetTemplate(text)));
        return new AssetTemplates(new AssetTemplate(general), own, new TreeMap<>());
    }

    private void requireSame(ForPlatform each, ReleaseTag tag) {
        String wanted = asset(each);
        String made = expand(each.platform(), tag);
        if (!made.equals(wanted)) {
            throw new UnsupportedExpressionException("no template of ours names " + wanted
                    + " (made " + made + ")");
        }
    }

    private static String asset(ForPlatform each) {
        return each.asset(each.real())
                .orElseThrow(() -> new UnsupportedExpressionException(
                        "no asset for " + each.platform()));
    }

    /** The best way first. */
    private static List<Way> ways(ForPlatform each, ReleaseTag tag) {
        List<Way> ways = new ArrayList<>();
        String symbolic = each.asset(symbols(each, tag)).orElse("");
        if (symbolic.contains(ReleaseTag.OS) && symbolic.contains(ReleaseTag.ARCH)
                && isOciWords(each)) {
            add(ways, each, new Way(symbolic.replace(ReleaseTag.OS, "{os}")
                    .replace(
                            ReleaseTag.ARCH, "{arch}"), ""));
        }
        add(ways, each, split(symbolic, each));
        add(ways, each, new Way(each.asset(literal(each, tag)).orElse(""), ""));
        ways.removeIf(way -> !isTemplate(way.template()) || !fits(way, each, tag));
        if (ways.isEmpty()) {
            throw new UnsupportedExpressionException("the name for " + each.platform()
                    + " depends on the version in a way that templates do not have");
        }
        return ways;
    }

    private static boolean fits(Way way, ForPlatform each, ReleaseTag tag) {
        SortedMap<PlatformName, String> words = new TreeMap<>();
        if (!way.word().isEmpty()) {
            words.put(each.platform(), way.word());
        }
        return new AssetNames(way.template(), new TreeMap<>(), words).expand(each.platform(), tag)
                .equals(asset(each));
    }

    /** Also with {@code {ext}}, which is empty where there is no {@code .exe}. */
    private static void add(List<Way> ways, ForPlatform each, Way way) {
        String text = placeholders(way.template());
        if (text.endsWith(".exe") && Definition.os(each.platform()).equals("windows")) {
            ways.add(new Way(text.substring(0, text.length() - 4) + "{ext}", way.word()));
        } else if (each.raw() && !Definition.os(each.platform()).equals("windows")) {
            ways.add(new Way(text + "{ext}", way.word()));
        }
        ways.add(new Way(text, way.word()));
    }

    /** From the first sign of system or machine to the last it is the platform's word. */
    private static Way split(String symbolic, ForPlatform each) {
        int first = Math.min(index(symbolic, ReleaseTag.OS), index(symbolic, ReleaseTag.ARCH));
        int last = Math.max(symbolic.lastIndexOf(ReleaseTag.OS), symbolic.lastIndexOf(
                ReleaseTag.ARCH));
        if (last < 0) {
            return new Way(symbolic, "");
        }
        String word = fill(symbolic.substring(first, last + 1), each);
        return new Way(symbolic.substring(0, first) + "{platform}" + symbolic.substring(last + 1),
                word.contains(ReleaseTag.NUMBER) ? "" : word);
    }

    private static int index(String text, String sign) {
        int at = text.indexOf(sign);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private static String fill(String text, ForPlatform each) {
        ForPlatform.Values real = each.real();
        return text.replace(ReleaseTag.OS, real.os()).replace(ReleaseTag.ARCH, real.arch());
    }

    private static boolean isOciWords(ForPlatform each) {
        ForPlatform.Values real = each.real();
        return real.os().equals(Definition.os(each.platform())) && real.arch()
                .equals(Definition
                        .arch(each.platform()));
    }

    private static ForPlatform.Values symbols(ForPlatform each, ReleaseTag tag) {
        return new ForPlatform.Values(tag.symbol(), semverSymbol(each, tag), ReleaseTag.OS,
                ReleaseTag.ARCH);
    }

    private static ForPlatform.Values literal(ForPlatform each, ReleaseTag tag) {
        ForPlatform.Values real = each.real();
        return new ForPlatform.Values(tag.symbol(), semverSymbol(each, tag), real.os(), real
                .arch());
    }

    private static String semverSymbol(ForPlatform each, ReleaseTag tag) {
        String prefix = each.definition().versionPrefix();
        return tag.symbol().startsWith(prefix)
                ? tag.symbol().substring(prefix.length())
                : tag.symbol();
    }

    private static String placeholders(String text) {
        return text.replace(ReleaseTag.NUMBER, "{version}").replace(ReleaseTag.ASSET, "{asset}");
    }

    private static boolean isTemplate(String text) {
        return text.chars().noneMatch(c -> c >= 0xE000 && c <= 0xE003) && !text.isBlank();
    }

    /** Of templates that fit as many, the one that says most. */
    private static int rank(String template) {
        int rank = template.contains("{os}") ? 4 : template.contains("{platform}") ? 2 : 0;
        return rank + (template.contains("{ext}") ? 1 : 0);
    }
}
