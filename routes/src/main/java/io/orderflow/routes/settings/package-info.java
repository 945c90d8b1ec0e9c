/** What an operator may set: which settings there are, and the sentence in which a start with a wrong one ends. */
package io.orderflow.routes.settings;
