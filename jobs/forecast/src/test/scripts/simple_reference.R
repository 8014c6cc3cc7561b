# What R's forecast says of the series in ../resources/reference/series.csv: naive, seasonal naive, drift, mean.
# Run: Rscript simple_reference.R ../resources/reference (R 4.2, forecast 8.20); writes simple.csv there.
suppressMessages(library(forecast))
at <- commandArgs(TRUE)[1]
all <- read.csv(file.path(at, "series.csv"))
rows <- NULL
for (name in unique(all$series)) {
  one <- all[all$series == name, ]
  y <- ts(one$value, frequency = one$period[1])
  # meanf's interval is Student's; the book's is normal: mean -+ z s sqrt(1 + 1/n)
  s <- sd(y) * sqrt(1 + 1 / length(y))
  says <- list(
    naive = naive(y, h = 15, level = 80), `seasonal-naive` = snaive(y, h = 15, level = 80),
    drift = rwf(y, h = 15, drift = TRUE, level = 80),
    mean = list(mean = meanf(y, h = 15)$mean, lower = rep(mean(y) - qnorm(0.9) * s, 15)))
  for (method in names(says)) for (h in c(1, 2, 12, 13, 15))
    rows <- rbind(rows, data.frame(series = name, method = method, step = h,
      mean = signif(says[[method]]$mean[h], 10), q10 = signif(says[[method]]$lower[h], 10)))
}
write.csv(rows, file.path(at, "simple.csv"), row.names = FALSE, quote = FALSE)
