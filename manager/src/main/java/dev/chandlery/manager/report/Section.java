package dev.chandlery.manager.report;

import java.util.List;

/**
 * A part of the page: what both forms for people show, as plain text that each form escapes.
 *
 * @param title over it
 * @param headings of the table
 * @param rows of the table; as many cells as headings
 * @param otherwise shown when there are no rows
 */
record Section(String title, List<String> headings, List<List<String>> rows, String otherwise) {

    Section {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
    }
}
