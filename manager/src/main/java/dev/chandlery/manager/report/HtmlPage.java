package dev.chandlery.manager.report;

import java.util.ArrayList;
import java.util.List;

/** The page as one HTML document that loads nothing and runs nothing. */
final class HtmlPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1b1f24;--faint:#5b6470;
            --line:#d9dee5;--good:#116b32;--bad:#b3151d;--warn:#8a5a00;--head:#eef1f5}
            @media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1d2127;--text:#e6e9ee;
            --faint:#9aa4b1;--line:#343b45;--good:#5bd183;--bad:#ff8a8f;--warn:#f0b84a;--head:#262c34}}
            *{box-sizing:border-box}
            body{margin:0 auto;max-width:70rem;padding:1.5rem 1rem 3rem;background:var(--page);
            color:var(--text);font:16px/1.5 system-ui,sans-serif}
            h1{font-size:1.5rem;margin:0;display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
            h2{font-size:1.1rem;margin:0 0 .5rem}
            p{margin:.25rem 0;color:var(--faint);overflow-wrap:anywhere}
            .state{border:2px solid;border-radius:1rem;padding:0 .75rem;font-size:1rem}
            .good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad);font-weight:600}
            section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;
            padding:1rem;margin-top:1rem}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.925rem}
            th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;
            border-bottom:1px solid var(--line);overflow-wrap:anywhere}
            th{background:var(--head);white-space:nowrap}
            td.bad{overflow-wrap:break-word}
            tr:last-child td{border-bottom:0}
            @media (max-width:40rem){body{padding:1rem .5rem}section{padding:.75rem}
            table,tbody,tr,td{display:block}thead{position:absolute;left:-999rem}
            tr{border-bottom:1px solid var(--line);padding:.4rem 0}tr:last-child{border:0}
            td{border:0;padding:.1rem 0 .1rem 7.5rem;position:relative;min-height:1.5rem}
            td:empty{display:none}
            td::before{content:attr(data-label);position:absolute;left:0;width:7rem;
            color:var(--faint);font-weight:400}}
            @media print{:root{--page:#fff;--card:#fff;--text:#000;--faint:#333;--line:#999;
            --good:#000;--bad:#000;--warn:#000;--head:#eee}body{max-width:none;padding:0;font-size:11px}
            section{break-inside:avoid;border:0;padding:0}tr{break-inside:avoid}}
            """;

    private HtmlPage() {}

    static String of(StateReport report) {
        Page page = new Page(report);
        List<String> lines = new ArrayList<>();
        lines.add("<!DOCTYPE html>");
        lines.add("<html lang=\"en\">");
        lines.add("<head>");
        lines.add("<meta charset=\"utf-8\">");
        lines.add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'\">");
        lines.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        lines.add("<title>Tool registry: " + escaped(page.status()) + "</title>");
        lines.add("<style>\n" + STYLE + "</style>");
        lines.add("</head>");
        lines.add("<body>");
        lines.add("<header>");
        lines.add("<h1>Tool registry <span class=\"state " + style(page.status()) + "\">"
                + escaped(page.status()) + "</span></h1>");
        lines.add("<p>" + escaped(page.subtitle()) + "</p>");
        lines.add("</header>");
        lines.add("<main>");
        page.sections().forEach(section -> lines.addAll(section(section)));
        lines.add("</main>");
        lines.add("</body>");
        lines.add("</html>");
        return String.join("\n", lines);
    }

    private static String style(String status) {
        return switch (status) {
            case "healthy" -> "good";
            case "degraded" -> "warn";
            default -> "bad";
        };
    }

    private static List<String> section(Section section) {
        List<String> lines = new ArrayList<>();
        lines.add("<section>");
        lines.add("<h2>" + escaped(section.title()) + "</h2>");
        if (section.rows().isEmpty()) {
            lines.add("<p>" + escaped(section.otherwise()) + "</p>");
        } else {
            lines.add("<div class=\"scroll\"><table>");
            StringBuilder head = new StringBuilder("<thead><tr>");
            section.headings()
                    .forEach(heading -> head.append("<th scope=\"col\">")
                            .append(escaped(heading))
                            .append("</th>"));
            lines.add(head.append("</tr></thead>").toString());
            lines.add("<tbody>");
            section.rows().forEach(cells -> lines.add(row(section.headings(), cells)));
            lines.add("</tbody></table></div>");
        }
        lines.add("</section>");
        return lines;
    }

    private static String row(List<String> headings, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            row.append("<td data-label=\"")
                    .append(escaped(headings.get(i)))
                    .append(Plain.isAlarming(cell) ? "\" class=\"bad\">" : "\">")
                    .append(escaped(cell))
                    .append("</td>");
        }
        return row.append("</tr>").toString();
    }

    /** Text for an element or a quoted attribute. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Plain.line(text).toCharArray()) {
            escaped.append(switch (c) {
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '&' -> "&amp;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> String.valueOf(c);
            });
        }
        return escaped.toString();
    }
}
