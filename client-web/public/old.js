// Only browsers without modules run this (nomodule): they are told at once that they are too old.
document.documentElement.className = 'old';
