package dev.flashsale.adapter.rest;

/**
 * How busy the server is with one kind of requests.
 *
 * @param places which: {@code all}, and of these {@code holds} and {@code reads}; or {@code streams}, which are none of these
 * @param inUse right now
 * @param refused requests that found no place, since the server was started; for {@code all} those of neither part
 */
public record PlaceUse(String places, int most, int inUse, long refused) {}
