package io.orderflow.local;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something there are to be, where none would make no sense. */
public class AtLeastOne implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        if (!text.matches("0*[1-9]\\d{0,8}")) {
            throw new TypeConversionException("must be a whole number from 1 on, not '" + text + "'");
        }
        return Integer.valueOf(text);
    }
}
