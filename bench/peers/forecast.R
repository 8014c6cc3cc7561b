# R's package forecast over many series: Rscript forecast.R METHOD CASES OUT CORES [LIMIT]
# METHOD  auto-arima, ets or theta, each with R's own defaults
# CASES   csv: id, period, horizon, values (the past, blanks between)
# OUT     csv: id, step, mean, lower80, upper80
# The last line is series, seconds and series per second of all cases (the first LIMIT of them) on CORES
# processes; one case of each period is fitted before as a warm-up.
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
method <- arguments[1]
cases <- read.csv(arguments[2], colClasses = c("character", "integer", "integer", "character"))
cores <- as.integer(arguments[4])
if (length(arguments) > 4) cases <- head(cases, as.integer(arguments[5]))

one <- function(i) {
  y <- ts(as.numeric(strsplit(cases$values[i], " ")[[1]]), frequency = cases$period[i])
  h <- cases$horizon[i]
  f <- switch(method,
    "auto-arima" = forecast(auto.arima(y), h = h, level = 80),
    "ets" = forecast(ets(y), h = h, level = 80),
    "theta" = thetaf(y, h = h, level = 80),
    stop("no such method: ", method))
  data.frame(id = cases$id[i], step = seq_len(h), mean = as.numeric(f$mean),
    lower80 = as.numeric(f$lower), upper80 = as.numeric(f$upper))
}

for (i in which(!duplicated(cases$period))) invisible(one(i))
from <- Sys.time()
parts <- parallel::mclapply(seq_len(nrow(cases)), one, mc.cores = cores, mc.preschedule = FALSE)
seconds <- as.numeric(difftime(Sys.time(), from, units = "secs"))
bad <- vapply(parts, function(p) !is.data.frame(p), TRUE)
if (any(bad)) stop("failed on ", cases$id[which(bad)[1]], ": ", parts[[which(bad)[1]]])
write.csv(do.call(rbind, parts), arguments[3], row.names = FALSE, quote = FALSE)
cat(sprintf("%d %.3f %.4f\n", nrow(cases), seconds, nrow(cases) / seconds))
