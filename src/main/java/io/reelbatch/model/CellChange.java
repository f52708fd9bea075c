package io.reelbatch.model;

/**
 * A cell that was written anew.
 *
 * @param line the line of the file on which its row starts
 * @param column the column's name as the file has it
 */
public record CellChange(long line, String column, String from, String to) {}
