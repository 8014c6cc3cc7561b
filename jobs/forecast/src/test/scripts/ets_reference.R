# What R's ets finds in the series of ../resources/reference/series.csv, form by form and by its own choice (form ZZZ).
# Run: Rscript ets_reference.R ../resources/reference (R 4.2, forecast 8.20); writes ets.csv there.
# states: initial level, trend, seasons as R orders them (the newest first), separated by spaces.
suppressMessages(library(forecast))
at <- commandArgs(TRUE)[1]
all <- read.csv(file.path(at, "series.csv"))
forms <- c("ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN", "MMN", "MMdN", "ANA", "AAA", "AAdA", "MNA", "MAA", "MAdA",
  "MNM", "MAM", "MAdM", "MMM", "ZZZ")
rows <- NULL
number <- function(x) if (is.na(x)) "" else format(x, digits = 12)
for (name in unique(all$series)) {
  one <- all[all$series == name, ]
  y <- ts(one$value, frequency = one$period[1])
  for (form in forms) {
    if (min(y) <= 0 && grepl("M", form)) next
    if (one$period[1] == 1 && !grepl("[NZ]$", form)) next
    fit <- if (form == "ZZZ") ets(y) else
      ets(y, model = sub("d", "", form), damped = grepl("d", form), allow.multiplicative.trend = TRUE)
    f <- if (grepl("MMd?[NM]", form)) NULL else forecast(fit, h = 15, level = 80)
    par <- fit$par[c("alpha", "beta", "gamma", "phi")]
    at15 <- function(x, h) if (is.null(f)) "" else number(x[h])
    rows <- rbind(rows, data.frame(series = name, form = form, chosen = gsub("ETS|[(),]", "", fit$method),
      loglik = number(fit$loglik), aicc = number(fit$aicc), sigma2 = number(fit$sigma2),
      alpha = number(par[1]), beta = number(par[2]), gamma = number(par[3]), phi = number(par[4]),
      states = paste(sapply(fit$initstate, number), collapse = " "),
      mean1 = at15(f$mean, 1), mean15 = at15(f$mean, 15),
      low1 = at15(f$lower, 1), low2 = at15(f$lower, 2), low15 = at15(f$lower, 15)))
  }
}
write.csv(rows, file.path(at, "ets.csv"), row.names = FALSE, quote = FALSE)
