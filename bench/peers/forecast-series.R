# Writes open series that come with R and its package forecast: Rscript forecast-series.R FOLDER
# one csv each, time and value, as the benchmarks of forecasts read them.
suppressMessages(library(forecast))
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
for (name in c("AirPassengers", "co2", "nottem", "wineind", "gas", "ldeaths", "UKDriverDeaths", "UKgas", "woolyrnq",
    "Nile", "BJsales", "taylor")) {
  y <- get(name)
  write.csv(data.frame(t = as.numeric(time(y)), value = as.numeric(y)), file.path(folder, paste0(name, ".csv")),
    row.names = FALSE)
}
