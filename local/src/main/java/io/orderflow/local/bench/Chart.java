package io.orderflow.local.bench;

import io.orderflow.local.bench.Timeline.Second;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws throughput and latency over time, the measured parts one after the other. */
class Chart {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 320;

    private final String title;
    private final List<Second> seconds;

    Chart(String title, List<Lap> laps) {
        this.title = title;
        this.seconds = laps.stream().flatMap(lap -> lap.timeline().stream()).toList();
    }

    /** Writes it as a PNG. */
    void write(Path file) {
        System.setProperty("java.awt.headless", "true");
        XYChart throughput = chart("orders a second");
        line(throughput, "accepted", Second::accepted);
        line(throughput, "ended", Second::ended);
        XYChart latency = chart("end to end, ms");
        line(latency, "p50", Second::p50);
        line(latency, "p99", Second::p99);
        try {
            BitmapEncoder.saveBitmap(List.of(throughput, latency), 2, 1, file.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XYChart chart(String unit) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("seconds").yAxisTitle(unit).theme(ChartTheme.Matlab).build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private void line(XYChart chart, String name, Function<Second, Number> value) {
        List<Integer> time = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Second second : seconds) {
            time.add(time.size() + 1);
            Number number = value.apply(second);
            // A gap, where nothing ended.
            values.add(number == null ? Double.NaN : number.doubleValue());
        }
        chart.addSeries(name, time, values).setMarker(SeriesMarkers.NONE);
    }
}
