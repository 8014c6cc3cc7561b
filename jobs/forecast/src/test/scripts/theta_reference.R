# What R's forecast says of the series in ../resources/reference/series.csv: thetaf.
# On drinks-quarterly R's search stops short of the best start (squared errors 23534039 instead of 22106680), so the
# width is thetaf's formula with R's alpha and the start by regression; on the others that is thetaf's own width.
# Run: Rscript theta_reference.R ../resources/reference (R 4.2, forecast 8.20); writes theta.csv there.
suppressMessages(library(forecast))
at <- commandArgs(TRUE)[1]
all <- read.csv(file.path(at, "series.csv"))
rows <- NULL
season <- function(y) { # thetaf's own test
  m <- frequency(y)
  if (m == 1 || length(y) <= 2 * m) return(FALSE)
  r <- acf(y, lag.max = m, plot = FALSE)$acf[-1]
  abs(r[m]) / sqrt((1 + 2 * sum(r[-m]^2)) / length(y)) > qnorm(0.95)
}
deviation <- function(x, alpha) {
  level <- 0
  rest <- numeric(length(x))
  for (t in seq_along(x)) { rest[t] <- x[t] - level; level <- level + alpha * rest[t] }
  sqrt(sum(lm(rest ~ 0 + I((1 - alpha)^(seq_along(x) - 1)))$residuals^2) / (length(x) - 2))
}
for (name in unique(all$series)) {
  one <- all[all$series == name, ]
  y <- ts(one$value, frequency = one$period[1])
  if (min(y) <= 0) next # R's season is multiplicative there too
  says <- thetaf(y, h = 15, level = 80)
  alpha <- says$model$alpha
  x <- if (season(y)) seasadj(decompose(y, type = "multiplicative")) else y
  s <- deviation(as.numeric(x), alpha)
  if (name != "drinks-quarterly")
    stopifnot(abs(qnorm(0.9) * s / (says$mean[1] - says$lower[1]) - 1) < 0.005)
  for (h in c(1, 2, 12, 13, 15))
    rows <- rbind(rows, data.frame(series = name, step = h, alpha = signif(alpha, 8),
      mean = signif(says$mean[h], 10), q10 = signif(says$mean[h] - qnorm(0.9) * s * sqrt(1 + (h - 1) * alpha^2), 10)))
}
write.csv(rows, file.path(at, "theta.csv"), row.names = FALSE, quote = FALSE)
