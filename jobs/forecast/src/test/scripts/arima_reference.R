# What R says of the series in ../resources/reference/series.csv: ARIMA of given orders by exact maximum likelihood.
# Run: Rscript arima_reference.R ../resources/reference (R 4.2, forecast 8.20); writes arima.csv there.
# regressor: none, or "wave": cos(t) and (t mod 7) beside the series, t from 1. lambda: 1 none, 0 logarithm.
suppressMessages(library(forecast))
at <- commandArgs(TRUE)[1]
all <- read.csv(file.path(at, "series.csv"))
wave <- function(t) cbind(wave = cos(t), week = t %% 7)
rows <- NULL
say <- function(name, order, seasonal = c(0, 0, 0), constant = FALSE, regressor = "none", lambda = 1) {
  one <- all[all$series == name, ]
  n <- nrow(one)
  y <- ts(one$value, frequency = one$period[1])
  x <- if (regressor == "wave") wave(seq_len(n)) else NULL
  asked <- list(y, order = order, seasonal = seasonal, include.constant = constant, method = "ML",
    optim.control = list(reltol = 1e-14, maxit = 2000))
  if (!is.null(x)) asked$xreg <- x
  if (lambda != 1) asked$lambda <- lambda
  fit <- do.call(Arima, asked)
  f <- if (is.null(x)) forecast(fit, h = 24, level = 80) else forecast(fit, h = 24, xreg = wave(n + 1:24), level = 80)
  for (h in c(1, 2, 5, 13, 24))
    rows <<- rbind(rows, data.frame(series = name, order = paste(order, collapse = " "),
      seasonal = paste(seasonal, collapse = " "), constant = constant, regressor = regressor, lambda = lambda,
      loglik = fit$loglik, sigma2 = fit$sigma2, coefficients = paste(signif(coef(fit), 8), collapse = " "), step = h,
      median = f$mean[h], q10 = f$lower[h]))
}
say("drinks", c(0, 1, 1), c(0, 1, 1))
say("drinks", c(1, 0, 0), c(1, 1, 0), constant = TRUE)
say("drinks", c(3, 1, 0), c(0, 1, 1), regressor = "wave")
say("drinks", c(2, 1, 1), c(0, 1, 2), lambda = 0)
say("mining-yearly", c(0, 2, 1))
say("drinks", c(5, 1, 2))
say("construction", c(0, 1, 1), c(0, 1, 1))
say("construction", c(2, 1, 0), c(1, 0, 0), constant = TRUE)
say("construction", c(5, 1, 2))
say("job-changes", c(1, 0, 1), constant = TRUE)
say("job-changes", c(2, 0, 0), c(1, 0, 1), constant = TRUE, regressor = "wave")
say("mining-yearly", c(1, 1, 0), constant = TRUE)
say("mining-yearly", c(0, 1, 1))
say("drinks-quarterly", c(1, 1, 1), c(0, 1, 1))
say("drinks-quarterly", c(0, 1, 2), c(1, 1, 0), lambda = 0)
write.csv(rows, file.path(at, "arima.csv"), row.names = FALSE, quote = FALSE)

# The orders that auto.arima finds with exact likelihoods all the way, and the decomposition that decides on a season.
rows <- NULL
parts <- NULL
for (name in unique(all$series)) {
  one <- all[all$series == name, ]
  y <- ts(one$value, frequency = one$period[1])
  fit <- auto.arima(y, approximation = FALSE)
  rows <- rbind(rows, data.frame(series = name, d = fit$arma[6], seasonalD = fit$arma[7], aicc = fit$aicc,
    kpss = urca::ur.kpss(as.numeric(y), use.lag = trunc(3 * sqrt(length(y)) / 13))@teststat))
  if (frequency(y) > 1) {
    s <- stl(y, s.window = 11)$time.series
    for (t in unique(c(1, 2, 7, length(y) %/% 2, length(y))))
      parts <- rbind(parts, data.frame(series = name, step = t, season = s[t, 1], trend = s[t, 2]))
  }
}
write.csv(rows, file.path(at, "auto-arima.csv"), row.names = FALSE, quote = FALSE)
write.csv(parts, file.path(at, "stl.csv"), row.names = FALSE, quote = FALSE)
